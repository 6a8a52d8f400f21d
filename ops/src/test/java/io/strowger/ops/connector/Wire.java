package io.strowger.ops.connector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A connection of a scripted PBX: what it sends is kept, what it is told is cut into commands at empty lines.
 */
public final class Wire implements AutoCloseable {
    private static final int LONGEST_PIECE = 3_000;
    private static final int LONGEST_PAUSE_NS = 2_000_000;
    private static final int PAUSES = 8;
    private static final long WAIT_S = 10;

    private final Socket socket;
    private final long openedMs = System.currentTimeMillis();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    /** What is answered at once to each command, null for nothing. */
    private UnaryOperator<String> answers = command -> null;

    Wire(final Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        final Thread reader = new Thread(this::read, "scripted-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** When it came, in milliseconds since 1970. */
    long openedMs() {
        return openedMs;
    }

    /** From now on commands are answered as they come, and those that have come; null for no answer. */
    public synchronized void answering(final UnaryOperator<String> value) throws IOException {
        answers = value;
        final List<String> before = new ArrayList<>();
        unread.drainTo(before);
        for (final String command : before) {
            answer(command);
        }
    }

    /** Sends text as it is. */
    public void say(final String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes at once. */
    public synchronized void write(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        sent.writeBytes(bytes);
    }

    /** Sends bytes in pieces of any length, with pauses between some of them. */
    void play(final byte[] bytes, final Random random) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            final int length = Math.min(bytes.length - at, 1 + random.nextInt(LONGEST_PIECE));
            final byte[] piece = new byte[length];
            System.arraycopy(bytes, at, piece, 0, length);
            write(piece);
            at += length;
            if (0 == random.nextInt(PAUSES)) {
                LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NS));
            }
        }
    }

    /** The next command, without its empty line; fails when there is none for a while. */
    String next() throws InterruptedException {
        final String command = unread.poll(WAIT_S, TimeUnit.SECONDS);
        if (null == command) {
            throw new AssertionError("no command came");
        }
        return command;
    }

    /** All commands so far. */
    public List<String> commands() {
        return commands;
    }

    /** All bytes that were sent. */
    synchronized byte[] sent() {
        return sent.toByteArray();
    }

    /** Waits until the other side has closed, or this one is. */
    public void awaitGone() throws InterruptedException {
        gone.await();
    }

    /** Ends the connection from this side: what was sent comes through, and nothing more. */
    void drop() throws IOException, InterruptedException {
        socket.shutdownOutput();
        if (!gone.await(WAIT_S, TimeUnit.SECONDS)) {
            throw new AssertionError("the other side keeps a connection that has ended");
        }
    }

    void gone() {
        gone.countDown();
    }

    @Override
    public void close() {
        gone.countDown();
        try {
            socket.close();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private void read() {
        final StringBuilder command = new StringBuilder();
        try {
            final InputStream in = socket.getInputStream();
            int value = in.read();
            while (value >= 0) {
                if (value != '\r') {
                    command.append((char)value);
                }
                if (command.length() > 1 && '\n' == command.charAt(command.length() - 1)
                    && '\n' == command.charAt(command.length() - 2)) {
                    onCommand(command.toString().strip());
                    command.setLength(0);
                }
                value = in.read();
            }
        } catch (final IOException e) {
            // closed here or there
            gone.countDown();
        }
        gone.countDown();
    }

    private synchronized void onCommand(final String command) throws IOException {
        commands.add(command);
        answer(command);
    }

    private void answer(final String command) throws IOException {
        final String answer = answers.apply(command);
        if (null == answer) {
            unread.add(command);
        } else {
            say(answer);
        }
        if (command.startsWith("Action: Logoff") || "exit".equals(command)) {
            close();
        }
    }
}
