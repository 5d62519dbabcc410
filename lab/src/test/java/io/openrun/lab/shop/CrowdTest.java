package io.openrun.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {

    @Test
    void givesEveryTokenBackOverManySlabs() {
        Crowd crowd = new Crowd(10);
        int size = 60_000;
        for (int i = 0; i < size; i++) {
            crowd.add(token(i));
        }

        assertThat(crowd.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            assertThat(crowd.token(i)).isEqualTo(token(i));
        }
    }

    @Test
    void nobodyOfTheCrowdComesToTheSameDropTwice() {
        Crowd crowd = new Crowd(2);
        crowd.add("a");
        crowd.add("b");

        Purchases purchases = Purchases.of(crowd, URI.create("http://127.0.0.1:8081"), List.of("one", "two"));

        assertThat(purchases.count()).isEqualTo(4);
        assertThat(List.of(text(purchases, 0), text(purchases, 1), text(purchases, 2), text(purchases, 3)))
                .doesNotHaveDuplicates();
        assertThat(text(purchases, 3)).isEqualTo("""
                        POST /api/v1/drops/two/purchases HTTP/1.1
                        Host: 127.0.0.1:8081
                        Authorization: Bearer b
                        Content-Type: application/json
                        Content-Length: 14

                        {"quantity":1}""".replace("\n", "\r\n"));
    }

    private static String text(Purchases purchases, int request) {
        ByteBuffer out = ByteBuffer.allocate(4_096);
        purchases.encode(request, out);
        return new String(out.array(), 0, out.position(), StandardCharsets.US_ASCII);
    }

    private static String token(int i) {
        return "x".repeat(300 + i % 100) + i;
    }
}
