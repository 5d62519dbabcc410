package io.openrun.user.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demonstration shop's accounts.
 *
 * @param adminPassword of {@code admin@openrun.local}; there is no such account without it
 * @param shopperPassword of {@code demo@openrun.local}; there is no such account without it
 */
@ConfigurationProperties("openrun.user.demo")
record DemoSettings(
        @DefaultValue("") String adminPassword,
        @DefaultValue("") String shopperPassword) {

    /** Says nothing secret, for logs. */
    @Override
    public String toString() {
        return "DemoSettings[…]";
    }
}
