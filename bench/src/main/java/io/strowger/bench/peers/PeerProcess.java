package io.strowger.bench.peers;

import io.strowger.bench.MeasuredJvm;
import io.strowger.bench.pipeline.Window;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The process of one case as seen from the benchmark: started, asked for rounds, ended. One that does not answer in time is ended together
 * with its server.
 */
final class PeerProcess implements AutoCloseable {
    static final String READY = "ready";
    static final String ABSENT = "absent";
    static final String WINDOW = "window";

    private static final int HEAP_MB = 2048;
    private static final Duration END_LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final BufferedReader answers;
    private final OutputStream rounds;
    private final Duration limit;

    /**
     * Starts a program that speaks as {@link PeerMain} does.
     *
     * @param command its program and arguments.
     * @param limit   for an answer.
     * @throws IOException when it can't be started.
     */
    PeerProcess(final List<String> command, final Duration limit) throws IOException {
        this.limit = limit;
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        rounds = process.getOutputStream();
    }

    /**
     * The command line of a case.
     *
     * @param peer     the case.
     * @param sessions open at a time.
     * @param signals  of a round.
     * @param folder   for its files.
     * @return program and arguments.
     */
    static List<String> command(final PeerCase peer, final int sessions, final int signals, final Path folder) {
        final List<String> command = new ArrayList<>();
        command.add(MeasuredJvm.java());
        command.addAll(MeasuredJvm.flags(HEAP_MB, peer.isChecked()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeerMain.class.getName(), peer.name(),
            Integer.toString(sessions), Integer.toString(signals), folder.toString()));
        return List.copyOf(command);
    }

    /** Flags of a process, for the record of the environment. */
    static String flags() {
        return String.join(" ", MeasuredJvm.flags(HEAP_MB, true)) + ", bounds checks off for Aeron";
    }

    /**
     * Waits until the case is ready.
     *
     * @return how it is set up.
     * @throws NotRunException when it can't take part here.
     * @throws IOException     when it has failed.
     */
    String awaitReady() throws NotRunException, IOException {
        final String[] answer = answer();
        if (ABSENT.equals(answer[0])) {
            throw new NotRunException(answer[1]);
        }
        return expect(READY, answer)[1];
    }

    /**
     * Runs a round.
     *
     * @return what it took.
     * @throws IOException when the case has failed.
     */
    Window round() throws IOException {
        rounds.write('\n');
        rounds.flush();
        final String[] answer = expect(WINDOW, answer());
        return new Window(Integer.parseInt(answer[1]), Long.parseLong(answer[2]), Long.parseLong(answer[3]));
    }

    private static String[] expect(final String kind, final String[] answer) throws IOException {
        if (!kind.equals(answer[0])) {
            throw new IOException("the process answers " + answer[0]);
        }
        return answer;
    }

    private String[] answer() throws IOException {
        final CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readLine);
        try {
            final String text = line.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
            if (null == text) {
                throw new IOException("the process has ended, see above");
            }
            return text.split("\t", -1);
        } catch (final CompletionException e) {
            kill();
            throw new IOException("no answer within " + limit.toSeconds() + " s", e);
        }
    }

    private String readLine() {
        try {
            return answers.readLine();
        } catch (final IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Ends it by the end of its input, by force when that does not do. */
    @Override
    public void close() {
        try {
            rounds.close();
            if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (final IOException e) {
            kill();
        } catch (final InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
