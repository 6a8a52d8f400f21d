package io.strowger.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.ami.AmiActionSettings;
import io.strowger.codecs.ami.AmiActions;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What README and the page on actions show of asking and carrying is what is there, and works together. */
class ActionExamplesTest {
    private static final String LEG = "1795624196.21";

    @Test
    void shouldShowTheAskAsItIsCompiledWhenRead() throws IOException {
        ReadmeTest.checkCompiled(Path.of("..", "README.md"), "try (ActionClient crm", "ActionExample.java");
    }

    @Test
    void shouldShowTheCarrierAsItIsCompiledWhenRead() throws IOException {
        ReadmeTest.checkCompiled(Path.of("docs", "actions.md"), "final class ActionCarrier", "ActionCarrier.java");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldHangUpOnceWhenAskedTwiceAsShown(@TempDir final Path folder) {
        final Server server = new Server();
        final long nowNs = SystemEpochNanoClock.INSTANCE.nanoTime();
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
            Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER))) {
            final int source = router.sourceNumber(1, "pbx-1");
            final AmiActions actions = new AmiActions(new AmiActionSettings(ActionLimits.of(source, 1)).context("internal"), nowNs);
            final ActionCarrier carrier = new ActionCarrier(router, source, actions, server);
            connect(router, source, actions, nowNs);
            final ActionExample example = new ActionExample(() -> {
                router.poll();
                carrier.poll(SystemEpochNanoClock.INSTANCE.nanoTime());
            });
            example.run(router, LEG);
            example.run(router, LEG);
            example.run(router, "none");
            assertEquals(List.of("ticket-7 DONE", "ticket-7 DONE", "ticket-7 DONE"), example.ends());
            while (!carrier.end()) {
                router.poll();
            }
        }
        assertEquals(1, server.commands.size(), server.commands.toString());
        assertTrue(server.commands.get(0).startsWith("Action: Hangup\r\n"), server.commands.get(0));
    }

    private static void connect(final Router router, final int source, final AmiActions actions, final long nowNs) {
        final Channel channel = router.openChannel();
        final int connection = SourceSequence.nextConnection(router.lastSourceSequence(source));
        final AmiTranslator translator = new AmiTranslator(AmiSettings.of(source, 1));
        translator.connected(connection);
        new ConnectionFacts(source, 1, "pbx-1", "ami").capabilities(actions.capabilities())
            .connected(connection, nowNs, true, channel.asSink());
        final byte[] block = ("Event: Newchannel\r\nChannel: PJSIP/101-00000001\r\nChannelState: 4\r\nCallerIDNum: 101\r\nExten: 102\r\n"
            + "Uniqueid: " + LEG + "\r\nLinkedid: " + LEG + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        assertEquals(block.length, translator.onBytes(new UnsafeBuffer(block), 0, block.length, nowNs, channel.asSink()));
        router.poll();
    }

    /** Says yes to everything. */
    private static final class Server implements ActionCarrier.Wire {
        private final List<String> commands = new ArrayList<>();
        private String reply = "";

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void write(final DirectBuffer command, final int length) {
            final String text = command.getStringWithoutLengthAscii(0, length);
            final int id = text.indexOf("ActionID: ");
            commands.add(text);
            reply = "Response: Success\r\n" + text.substring(id, text.indexOf('\n', id)) + "\nMessage: Channel Hungup\r\n\r\n";
        }

        @Override
        public int read(final UnsafeBuffer into, final int offset) {
            final int length = into.putStringWithoutLengthAscii(offset, reply);
            reply = "";
            return length;
        }
    }
}
