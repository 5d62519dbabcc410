package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openrun.engines.FreePort;
import io.openrun.engines.SharedEngines;
import io.openrun.user.account.Account.Role;
import io.openrun.user.account.EmailAddress;
import io.openrun.user.account.KnownPeople;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A shop that is not the demonstration, and the administrator its environment names. */
class FirstAdministratorTest {

    private final Map<String, String> engines = SharedEngines.properties();
    private final String email = UUID.randomUUID() + "@example.org";

    @Test
    void hasTheAccountThatTheFirstStartWasToldOf() {
        try (var first = start(email, "the first password")) {
            var admin = shop(first).signIn(email, "the first password");

            assertThat(admin.status()).isEqualTo(201);
            assertThat(admin.body().path("user").path("roles").toString()).isEqualTo("[\"USER\",\"ADMIN\"]");
        }

        try (var second = start(email, "another password")) {
            assertThat(shop(second).signIn(email, "another password").status()).isEqualTo(401);
            assertThat(shop(second).signIn(email, "the first password").status())
                    .isEqualTo(201);
        }
    }

    @Test
    void makesNobodyAnAdministratorWhoHasAnAccountAlready() {
        try (var first = start("", "")) {
            first.getBean(KnownPeople.class).open(EmailAddress.of(email), "Shopper", Role.USER, Shop.PASSWORD);
        }

        try (var second = start(email, "the first password")) {
            var shopper = shop(second).signIn(email, Shop.PASSWORD);

            assertThat(shopper.body().path("user").path("roles").toString()).isEqualTo("[\"USER\"]");
        }
    }

    @Test
    void opensOneAccountHoweverManyInstancesStartAtOnce() throws Exception {
        try (var shop = start("", "");
                var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            var people = shop.getBean(KnownPeople.class);
            var opened = IntStream.range(0, 8)
                    .mapToObj(i -> instances.submit(
                            () -> people.open(EmailAddress.of(email), "Administrator", Role.ADMIN, "a password")))
                    .toList();

            int first = 0;
            for (var one : opened) {
                first += one.get() ? 1 : 0;
            }
            assertThat(first).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, long enough, OPENRUN_ADMIN_EMAIL",
        "admin@example.org, '', OPENRUN_ADMIN_PASSWORD",
        "admin@example.org, seven77, OPENRUN_ADMIN_PASSWORD"
    })
    void saysWhichVariableIsWrong(String address, String password, String variable) {
        assertThatThrownBy(() -> start(address, password).close())
                .rootCause()
                .hasMessageContaining(variable)
                .hasMessageNotContaining("seven77");
    }

    private ConfigurableApplicationContext start(String address, String password) {
        var port = Integer.toString(FreePort.any());
        Map<String, Object> properties = new HashMap<>(engines);
        properties.put("OPENRUN_PORT", port);
        properties.put("OPENRUN_USER_URL", "http://127.0.0.1:" + port);
        properties.put("OPENRUN_ADMIN_EMAIL", address);
        properties.put("OPENRUN_ADMIN_PASSWORD", password);
        return new SpringApplicationBuilder(UserService.class)
                .properties(properties)
                .run();
    }

    private static Shop shop(ConfigurableApplicationContext context) {
        return new Shop(context.getEnvironment());
    }
}
