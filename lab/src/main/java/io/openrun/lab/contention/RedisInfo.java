package io.openrun.lab.contention;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What Redis says about itself.
 *
 * @param reads how often it read from a client: each is a round trip
 * @param cpuSeconds it has used
 */
record RedisInfo(String version, long reads, double cpuSeconds) {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int STANDARD_PORT = 6379;

    /** Asks over a connection of its own: two reads, or three with a password. */
    static RedisInfo of(String url) throws IOException {
        URI address = URI.create(url);
        int port = address.getPort() < 0 ? STANDARD_PORT : address.getPort();
        try (Socket socket = "rediss".equals(address.getScheme())
                ? SSLSocketFactory.getDefault().createSocket()
                : new Socket()) {
            socket.connect(new InetSocketAddress(String.valueOf(address.getHost()), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            logIn(socket, in, address.getUserInfo());
            Map<String, String> info = new HashMap<>();
            ask(socket, in, "INFO", "everything").lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    info.put(line.substring(0, colon), line.substring(colon + 1));
                }
            });
            return new RedisInfo(
                    info.getOrDefault("redis_version", "unknown"),
                    Long.parseLong(info.getOrDefault("total_reads_processed", "0")),
                    Double.parseDouble(info.getOrDefault("used_cpu_sys", "0"))
                            + Double.parseDouble(info.getOrDefault("used_cpu_user", "0")));
        } catch (NumberFormatException e) {
            throw new IOException("it answered something else than Redis does", e);
        }
    }

    private static void logIn(Socket socket, InputStream in, @Nullable String user) throws IOException {
        if (user == null) {
            return;
        }
        int colon = user.indexOf(':');
        String name = colon < 0 ? "" : user.substring(0, colon);
        String password = user.substring(colon + 1);
        var _ = name.isEmpty() ? ask(socket, in, "AUTH", password) : ask(socket, in, "AUTH", name, password);
    }

    private static String ask(Socket socket, InputStream in, String... words) throws IOException {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        String head = line(in);
        if (head.startsWith("$")) {
            byte[] body = in.readNBytes(Integer.parseInt(head.substring(1)) + 2);
            return new String(body, StandardCharsets.UTF_8);
        }
        if (head.startsWith("+")) {
            return head;
        }
        throw new IOException(head.startsWith("-") ? "it said: " + head.substring(1) : "it does not speak Redis");
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("it closed the connection");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
