package io.openrun.lab.bench;

import java.io.IOException;
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
    record Header(String name, String value) {}

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
            int colon = lines[i].indexOf(": ");
            headers.add(new Header(lines[i].substring(0, colon), lines[i].substring(colon + 2)));
        }
        return new FixedAnswer(Integer.parseInt(lines[0]), headers, text.substring(end + 2));
    }
}
