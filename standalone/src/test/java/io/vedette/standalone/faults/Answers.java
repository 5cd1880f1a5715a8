package io.vedette.standalone.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What a proxy says in the server's place to requests of a kind. */
final class Answers {
    private static final int QUIET_MILLIS = 100;

    private final List<Answer> given = new CopyOnWriteArrayList<>();

    /**
     * One kind of requests, and what they hear.
     *
     * @param request found somewhere in what is sent
     * @param left how often
     */
    private record Answer(Pattern request, AtomicInteger left, byte[] reply) {}

    /** @param request a regular expression, such as {@code PUT /bucket/} */
    void add(String request, int times, int status, String code) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>"
                + "said by the test</Message></Error>";
        String reply = "HTTP/1.1 " + status + " " + code + "\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        given.add(
                new Answer(Pattern.compile(request), new AtomicInteger(times), reply.getBytes(StandardCharsets.UTF_8)));
    }

    void clear() {
        given.clear();
    }

    /** Whether the request got its answer here: then its connection is to be closed. */
    boolean give(Socket client, byte[] bytes, int length) throws IOException {
        if (given.isEmpty()) {
            return false;
        }
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        for (Answer answer : given) {
            if (answer.request().matcher(text).find() && answer.left().getAndDecrement() > 0) {
                readOn(client);
                client.getOutputStream().write(answer.reply());
                return true;
            }
        }
        return false;
    }

    /** To the end of the request: a connection that is closed with something unread is reset, and its answer lost. */
    private static void readOn(Socket client) {
        try {
            client.setSoTimeout(QUIET_MILLIS);
            InputStream in = client.getInputStream();
            byte[] rest = new byte[16 * 1024];
            while (in.read(rest) >= 0) {
                // its body
            }
        } catch (IOException quiet) {
            // all of it was read
        }
    }
}
