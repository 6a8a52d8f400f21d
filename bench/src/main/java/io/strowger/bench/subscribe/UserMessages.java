package io.strowger.bench.subscribe;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A source whose signals are messages to users, numbered from 0: each is one record with one event about its user, whatever came before.
 * One thread.
 */
final class UserMessages {
    /** The tenant of all of them. */
    static final int TENANT = 1;

    private static final int SOURCE = 1;
    private static final long WAIT_NS = 20_000;

    private final Channel channel;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageEncoder message = new MessageEncoder();
    private final byte[][] names;
    private long sourceSequence;
    private long said;

    /**
     * Says hello.
     *
     * @param users how many there are.
     */
    UserMessages(final Channel channel, final int users) {
        this.channel = channel;
        this.names = new byte[users][];
        for (int i = 0; i < users; i++) {
            names[i] = name(i).getBytes(StandardCharsets.US_ASCII);
        }
        hello();
    }

    /** Name of a user, as long as that of any other. */
    static String name(final int user) {
        return String.format(Locale.ROOT, "u%07d", user);
    }

    /** How many messages there were. */
    long said() {
        return said;
    }

    /**
     * A message to a user; waits for room.
     *
     * @param timeNs its source time.
     */
    void say(final int user, final long timeNs) {
        message.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++sourceSequence).sourceTime(timeNs).source(SOURCE).tenant(TENANT)
            .media(Media.MESSAGE).direction(Direction.INCOMING)
            .nativeId("").putUser(names[user], 0, names[user].length).remoteParty("102").remoteName("Bob").text("").reference("");
        offer(message.encodedLength());
        said++;
    }

    private void hello() {
        final SourceHelloEncoder hello = new SourceHelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.sourceSequence(++sourceSequence).sourceTime(0).source(SOURCE).tenant(TENANT).connection(0).epochKnown(YesNo.YES)
            .dense(YesNo.NO);
        hello.capabilities().clear();
        hello.sourceName("messages").dialect("sbe").epoch("").coveredBy("");
        offer(hello.encodedLength());
    }

    private void offer(final int encodedLength) {
        final int length = SignalLayout.HEADER_LENGTH + encodedLength;
        long code = channel.offer(buffer, 0, length);
        while (ReturnCode.BACK_PRESSURED == code) {
            LockSupport.parkNanos(WAIT_NS);
            code = channel.offer(buffer, 0, length);
        }
        if (code < 0) {
            throw new IllegalStateException("the router answers " + ReturnCode.toString(code));
        }
    }
}
