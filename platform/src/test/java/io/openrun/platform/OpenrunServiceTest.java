package io.openrun.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;

class OpenrunServiceTest {

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Test
    void answersOnThePortOfTheService() {
        assertThat(port()).isEqualTo("8091");
    }

    @Test
    void answersWhereTheEnvironmentSaysInstead() {
        assertThat(port("--OPENRUN_PORT=9999")).isEqualTo("9999");
    }

    private static String port(String... environment) {
        var service = OpenrunService.application(Nothing.class, "user", 8091).web(WebApplicationType.NONE);
        try (var context = service.run(environment)) {
            return context.getEnvironment().getRequiredProperty("server.port");
        }
    }
}
