package io.openrun.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseParserTest {

    private final ResponseParser parser = new ResponseParser();

    @Test
    void needsEveryByteOfAnAnswer() {
        byte[] whole =
                bytes("HTTP/1.1 409 Conflict\r\nX-A: b\r\ncontent-length: 3\r\nConnection: keep-alive\r\n\r\nabc");

        for (int length = 0; length < whole.length; length++) {
            assertThat(parser.parse(whole, 0, length))
                    .as("first %d bytes", length)
                    .isEqualTo(ResponseParser.INCOMPLETE);
        }

        assertThat(parser.parse(whole, 0, whole.length)).isEqualTo(whole.length);
        assertThat(parser.status()).isEqualTo(409);
        assertThat(parser.bodyTo() - parser.bodyFrom()).isEqualTo(3);
        assertThat(parser.closes()).isFalse();
    }

    @Test
    void needsEveryByteOfEveryChunk() {
        byte[] whole = bytes(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\n");

        for (int length = 0; length < whole.length; length++) {
            assertThat(parser.parse(whole.clone(), 0, length))
                    .as("first %d bytes", length)
                    .isEqualTo(ResponseParser.INCOMPLETE);
        }

        assertThat(parser.parse(whole, 0, whole.length)).isEqualTo(whole.length);
        assertThat(new String(whole, parser.bodyFrom(), parser.bodyTo() - parser.bodyFrom(), StandardCharsets.US_ASCII))
                .isEqualTo("ab0123456789");
    }

    @Test
    void takesAnAnswerWithoutBodyAsItIs() {
        byte[] whole = bytes("HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(parser.parse(whole, 0, whole.length)).isEqualTo(whole.length);
    }

    @Test
    void refusesWhatIsNotHttp() {
        byte[] garbage = bytes("SSH-2.0-OpenSSH_9.6\r\n");

        assertThat(parser.parse(garbage, 0, garbage.length)).isEqualTo(ResponseParser.MALFORMED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
