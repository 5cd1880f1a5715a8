package io.vedette.standalone.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Stands between the services and one server, and can be slow, deaf or gone. */
final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final long GLANCE_MILLIS = 10;

    /** Which way bytes go. */
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private final ServerSocket door;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Direction> held = new CopyOnWriteArraySet<>();
    private volatile boolean gone;
    private volatile Duration delay = Duration.ZERO;
    private volatile Trap trap;
    private volatile Tear tear;
    private final Answers answers = new Answers();

    /** Cuts a connection instead of delivering an answer. */
    private record Trap(String asked, String answer, Set<Socket> warned) {}

    /** Cuts a connection within a request, or within the body of its answer. */
    private record Tear(Pattern request, Direction way, Set<Socket> asked) {}

    TcpProxy(int port, int server) {
        this.server = server;
        try {
            door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 200);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        thread(this::receive);
    }

    /** All connections are closed, and new ones at once, until {@link #heal}. */
    void cut() {
        gone = true;
        closeAll();
    }

    /** Nothing arrives any more, this way or both, and nobody is told, until {@link #heal}: then all of it does. */
    void hold(Direction... ways) {
        held.addAll(ways.length == 0 ? EnumSet.allOf(Direction.class) : Set.of(ways));
    }

    /** Every piece of what is sent takes this long, each way. */
    void slow(Duration each) {
        delay = each;
    }

    /** The next connection that has sent {@code asked} to the server is cut when it would get {@code answer}. */
    void cutInsteadOf(String asked, String answer) {
        trap = new Trap(asked, answer, ConcurrentHashMap.newKeySet());
    }

    /** What speaks HTTP: the server does not hear such requests, and they get this answer. @param request a regular expression */
    void answer(String request, int times, int status, String code) {
        answers.add(request, times, status, code);
    }

    /** The next such request, or the body of its answer, is cut while it is sent. @param request a regular expression */
    void tear(String request, Direction way) {
        tear = new Tear(Pattern.compile(request), way, ConcurrentHashMap.newKeySet());
    }

    boolean isTorn() {
        return tear == null;
    }

    boolean isSprung() {
        return trap == null;
    }

    /** As if nothing had been; connections that were cut stay so. */
    void heal() {
        gone = false;
        delay = Duration.ZERO;
        trap = null;
        tear = null;
        answers.clear();
        held.clear();
    }

    private void receive() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (gone) {
                    client.close();
                } else {
                    thread(() -> connect(client));
                }
            } catch (IOException closed) {
                // asked for by close()
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket behind = new Socket("127.0.0.1", server);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            open.add(client);
            open.add(behind);
            thread(() -> pump(client, behind, Direction.TO_SERVER));
            pump(behind, client, Direction.TO_CLIENT);
        } catch (IOException unreachable) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to, Direction way) {
        byte[] bytes = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                wait(way);
                if (way == Direction.TO_SERVER && answers.give(from, bytes, read)) {
                    break;
                }
                if (tears(way, way == Direction.TO_SERVER ? from : to, bytes, read)) {
                    out.write(bytes, 0, read - 1);
                    break;
                }
                if (springs(way, way == Direction.TO_SERVER ? from : to, bytes, read)) {
                    break;
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException | InterruptedException over) {
            // one end is closed: so is the other
        } finally {
            close(from);
            close(to);
        }
    }

    private void wait(Direction way) throws InterruptedException {
        if (!delay.isZero()) {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        }
        while (held.contains(way)) {
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
    }

    /** Whether these bytes are the answer that is not to arrive. */
    private boolean springs(Direction way, Socket client, byte[] bytes, int length) {
        Trap set = trap;
        if (set == null) {
            return false;
        }
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (way == Direction.TO_SERVER) {
            if (text.contains(set.asked())) {
                set.warned().add(client);
            }
            return false;
        }
        boolean springs = set.warned().contains(client) && text.contains(set.answer());
        if (springs) {
            trap = null;
        }
        return springs;
    }

    /** Whether these bytes are to arrive without their last. */
    private boolean tears(Direction way, Socket client, byte[] bytes, int length) {
        Tear set = tear;
        if (set == null) {
            return false;
        }
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        boolean tears = way == Direction.TO_SERVER
                ? set.request().matcher(text).find()
                : set.asked().contains(client) && !text.endsWith("\r\n\r\n"); // more than the answer's head
        if (tears && set.way() != way) {
            set.asked().add(client);
            return false;
        }
        if (tears) {
            tear = null;
        }
        return tears;
    }

    private void closeAll() {
        open.forEach(this::close);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException already) {
            // it is closed all the same
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        heal();
        closeAll();
    }
}
