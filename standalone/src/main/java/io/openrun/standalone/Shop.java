package io.openrun.standalone;

import io.openrun.platform.OpenrunService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The whole shop: the five services imported into one context.
 *
 * <p>They still call one another over HTTP, here at this process's own address, so there is one behaviour
 * to understand and not two.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Shop {

    private static final int PORT = 8080;

    public static void main(String[] args) {
        OpenrunService.run(Shop.class, "openrun", PORT, args);
    }
}
