package io.openrun.lab.bench;

import io.openrun.lab.load.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer the bare server repeats: a copy of one the shop gave, so that both send the same bytes.
 *
 * @param headers names and values in order, without Content-Length
 */
record FixedAnswer(int status, List<Header> headers, String body) {

    /** One header line. */
    record Header(String name, String value) {
        static Header parse(String line) {
            int colon = line.indexOf(':');
            return new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    private static final int BYTES_MAX = 64 * 1024;
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Sends one request over a connection of its own and keeps the answer as it came. */
    static FixedAnswer capture(InetSocketAddress server, Requests requests, int request) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(BYTES_MAX);
        requests.encode(request, out);
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(out.array(), 0, out.position());
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the server closed the connection instead of answering");
                }
                head.append((char) next);
            }
            String[] lines = head.toString().strip().split("\r\n", -1);
            List<Header> headers = new ArrayList<>();
            int length = 0;
            for (int i = 1; i < lines.length; i++) {
                Header header = Header.parse(lines[i]);
                if (header.name().equalsIgnoreCase("content-length")) {
                    length = Integer.parseInt(header.value());
                } else {
                    headers.add(header);
                }
            }
            int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
            return new FixedAnswer(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
    }

    /** Writes it as a status line, header lines, an empty line, and the body. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder().append(status).append('\n');
        headers.forEach(
                h -> text.append(h.name()).append(": ").append(h.value()).append('\n'));
        Files.writeString(file, text.append('\n').append(body));
    }

    /** Reads what {@link #write} wrote. */
    static FixedAnswer read(Path file) throws IOException {
        String text = Files.readString(file);
        int end = text.indexOf("\n\n");
        String[] lines = text.substring(0, end).split("\n", -1);
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            headers.add(Header.parse(lines[i]));
        }
        return new FixedAnswer(Integer.parseInt(lines[0]), headers, text.substring(end + 2));
    }
}
