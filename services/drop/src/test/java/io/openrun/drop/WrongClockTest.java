package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose clock is wrong opens and closes sales when the database's clock says so, like any other. */
class WrongClockTest {

    private static final List<BiFunction<DropShop, String, URI>> PORTS = List.of(DropShop::lane, DropShop::web);

    @ParameterizedTest
    @ValueSource(ints = {-5, 5})
    void neitherOpensNorClosesEarlyOnAServerWhoseClockIsMinutesOff(int minutes) {
        var right = DropShop.shared();
        try (var wrong = right.anotherWhoseClockIsOff(Duration.ofMinutes(minutes))) {
            var token = Tokens.shopper();
            var now = Instant.now();
            assertThat(Duration.between(now, wrong.bean(Clock.class).instant()).toSeconds())
                    .isBetween(minutes * 60L - 5, minutes * 60L + 5);
            var coming =
                    wrong.scheduled(wrong.neighbours.product(5), 5, 5, now.plusSeconds(240), now.plusSeconds(480), "");
            var open =
                    wrong.scheduled(wrong.neighbours.product(5), 5, 5, now.minusSeconds(60), now.plusSeconds(240), "");
            var past = wrong.drop(5, 5, "");
            right.post(right.web("/api/v1/drops/" + past + "/cancel"), Tokens.admin(), "");

            for (var port : PORTS) {
                assertThat(buy(wrong, port, coming, token)).isEqualTo("409 DROP_NOT_OPEN");
                assertThat(buy(wrong, port, open, token)).isEqualTo("201 ");
                assertThat(buy(wrong, port, past, token)).isEqualTo("409 DROP_CLOSED");
            }
            assertThat(state(wrong, coming)).isEqualTo("SCHEDULED");
            assertThat(state(wrong, open)).isEqualTo("OPEN");
            var refusal = wrong.buy(coming, token, 1);
            assertThat(Instant.parse(json(refusal).get("serverTime").stringValue()))
                    .isBetween(now.minusSeconds(30), now.plusSeconds(60));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 5})
    void sellsWithinTheWindowOnlyOnAServerWhoseClockIsMinutesOff(int minutes) {
        try (var wrong = DropShop.shared().anotherWhoseClockIsOff(Duration.ofMinutes(minutes))) {
            wrong.sellsBetween(Duration.ofMillis(2500), Duration.ofMillis(5000));
        }
    }

    private static String buy(DropShop shop, BiFunction<DropShop, String, URI> port, UUID drop, String token) {
        var path = "/api/v1/drops/" + drop + "/purchases";
        return code(shop.post(port.apply(shop, path), token, "{\"quantity\":1}"));
    }

    private static String state(DropShop shop, UUID drop) {
        return json(shop.get(shop.web("/api/v1/drops/" + drop), null))
                .get("state")
                .stringValue();
    }
}
