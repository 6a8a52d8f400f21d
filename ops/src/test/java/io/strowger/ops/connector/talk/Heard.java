package io.strowger.ops.connector.talk;

import io.strowger.codecs.sbe.ListKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** What came out of a talk. */
final class Heard implements TalkListener {
    final List<String> sent = new ArrayList<>();
    final List<String> told = new ArrayList<>();

    /** Brings bytes in pieces of a length. */
    void bring(final Talk talk, final String text, final int pieceLength) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += pieceLength) {
            final int length = Math.min(pieceLength, bytes.length - at);
            talk.onBytes(new UnsafeBuffer(bytes, at, length), length);
        }
    }

    @Override
    public void send(final String text) {
        sent.add(text);
    }

    @Override
    public void ready() {
        told.add("ready");
    }

    @Override
    public void refused(final String reason) {
        told.add("refused " + reason);
    }

    @Override
    public void broken(final String reason) {
        told.add("broken " + reason);
    }

    @Override
    public void asks(final ListKind kind) {
        told.add("asks " + kind);
    }

    @Override
    public void listing() {
        told.add("listing");
    }

    @Override
    public void listed(final String complaint) {
        told.add("listed " + complaint);
    }
}
