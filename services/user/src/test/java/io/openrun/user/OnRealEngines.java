package io.openrun.user;

import io.openrun.engines.FreePort;
import io.openrun.engines.SharedEngines;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/** Runs the user service, as a demonstration shop, on real engines and a real port. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = UserService.class, webEnvironment = WebEnvironment.DEFINED_PORT)
@ContextConfiguration(initializers = OnRealEngines.Settings.class)
@interface OnRealEngines {

    String ADMIN_PASSWORD = "admin password";
    String DEMO_PASSWORD = "demo password";

    /** Points the service at the engines. */
    class Settings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            int port = FreePort.any();
            Map<String, Object> properties = new HashMap<>(SharedEngines.properties());
            properties.put("OPENRUN_DEMO", "true");
            properties.put("OPENRUN_PORT", Integer.toString(port));
            properties.put("OPENRUN_USER_URL", "http://127.0.0.1:" + port);
            properties.put("OPENRUN_ADMIN_PASSWORD", ADMIN_PASSWORD);
            properties.put("OPENRUN_DEMO_PASSWORD", DEMO_PASSWORD);
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("engines", properties));
        }
    }
}
