package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More connections than the shop lets in, all at once: its memory must not end before they do, not on a cold JVM either. */
class CrowdedConnectionsTest {

    private static final int CROWD = 6_000;
    private static final int OTHER_FILES = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TheShop shop;

    private final List<SocketChannel> crowd = new ArrayList<>();

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
    }

    @AfterEach
    void leave() throws IOException {
        for (var one : crowd) {
            one.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/products HTTP/1.1\r\nHost: shop\r\n\r\n",
                "POST /api/v1/sessions HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
            })
    void servesThoseWhoComeAfterThousandsWhoAskedOrOnlyBegan(String beginning) throws IOException {
        come();
        for (var one : crowd) {
            begin(one, beginning);
        }

        assertThat(shop.running.shop().isAlive()).isTrue();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        Shopper.nobody(shop.base()).get("/api/v1/products").status())
                .isEqualTo(200));
        assertThat(shop.running.shop().isAlive()).isTrue();
    }

    /** As many as this machine lets one process have, and some less: the shop and this test need files, too. */
    private void come() throws IOException {
        int port = URI.create(shop.base()).getPort();
        while (crowd.size() < CROWD) {
            try {
                var one = SocketChannel.open();
                crowd.add(one);
                one.configureBlocking(false);
                one.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (SocketException tooManyOpenFiles) {
                for (var one : crowd.subList(Math.max(0, crowd.size() - OTHER_FILES), crowd.size())) {
                    one.close();
                }
                return;
            }
        }
    }

    private static void begin(SocketChannel one, String beginning) {
        try {
            if (one.isOpen() && one.finishConnect()) {
                one.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException turnedAway) {
            // one less in the crowd
        }
    }
}
