package io.vedette.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Clients that each call again as soon as they are answered, over a connection that they keep. One thread serves them
 * all, as pgbench's does, and looks at no more of an answer than where it ends, so that it takes little of the
 * processors that it shares with the service.
 */
final class Crowd implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private long[] latencies = new long[1 << 12];
    private int answered;

    /** @param requests the next whole request of a client, by its number from 0 */
    Crowd(URI api, int size, IntFunction<byte[]> requests) throws IOException {
        for (int i = 0; i < size; i++) {
            int number = i;
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(api.getHost(), api.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Client client = new Client(channel, () -> requests.apply(number));
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
    }

    /** Calls for so long, and waits for the last answers. @throws IOException unless all are successes */
    Latencies call(Duration span) throws IOException {
        long begun = System.nanoTime();
        for (Client client : clients) {
            client.ask();
        }
        for (int waiting = clients.size(); waiting > 0; ) {
            if (selector.select(SILENCE.toMillis()) == 0) {
                throw new IOException("no answer for " + SILENCE);
            }
            boolean over = System.nanoTime() - begun > span.toNanos();
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                if (client.isAnswered()) {
                    note(System.nanoTime() - client.askedAt);
                    if (over) {
                        waiting--;
                    } else {
                        client.ask();
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return Latencies.of(Arrays.copyOf(latencies, answered), System.nanoTime() - begun);
    }

    private void note(long nanos) {
        if (answered == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * answered);
        }
        latencies[answered++] = nanos;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    /** One connection, on which at most one call is under way. */
    private static final class Client {
        private static final byte[] SUCCESS = "HTTP/1.1 2".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        private final SocketChannel channel;
        private final Supplier<byte[]> requests;
        private final ByteBuffer answer = ByteBuffer.allocate(1 << 20);
        private int wanted;
        private long askedAt;

        Client(SocketChannel channel, Supplier<byte[]> requests) {
            this.channel = channel;
            this.requests = requests;
        }

        void ask() throws IOException {
            answer.clear();
            wanted = 0;
            ByteBuffer request = ByteBuffer.wrap(requests.get());
            askedAt = System.nanoTime();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        /** Reads what has come; true if that is the whole answer. */
        boolean isAnswered() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("the connection was closed");
            }
            if (wanted == 0) {
                wanted = length();
            }
            if (wanted == 0 || answer.position() < wanted) {
                return false;
            }
            if (find(SUCCESS, SUCCESS.length) != 0) {
                throw new IOException(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8));
            }
            return true;
        }

        /** Of head and body; 0 while that cannot be told yet. */
        private int length() throws IOException {
            int head = find(END_OF_HEAD, answer.position());
            if (head < 0) {
                return 0;
            }
            int at = find(LENGTH, head);
            if (at < 0) {
                // In chunks: nothing comes behind the last one, for the next request has not been sent.
                return endsWith(LAST_CHUNK) ? answer.position() : 0;
            }
            int length = 0;
            for (int i = at + LENGTH.length; answer.get(i) != '\r'; i++) {
                length = 10 * length + answer.get(i) - '0';
            }
            return head + END_OF_HEAD.length + length;
        }

        private boolean endsWith(byte[] bytes) {
            int from = answer.position() - bytes.length;
            for (int i = 0; i < bytes.length; i++) {
                if (from < 0 || answer.get(from + i) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }

        /** Where these bytes begin, in whatever case they are; -1 if nowhere before the end. */
        private int find(byte[] lowerCase, int end) {
            for (int at = 0; at + lowerCase.length <= end; at++) {
                int same = 0;
                while (same < lowerCase.length && lower(answer.get(at + same)) == lower(lowerCase[same])) {
                    same++;
                }
                if (same == lowerCase.length) {
                    return at;
                }
            }
            return -1;
        }

        private static int lower(byte character) {
            return character >= 'A' && character <= 'Z' ? character + 32 : character;
        }
    }
}
