package io.openrun.user;

import static io.openrun.platform.security.ServiceRoutes.Route.post;

import io.openrun.contracts.Topics;
import io.openrun.platform.OpenrunService;
import io.openrun.platform.events.EventTopic;
import io.openrun.platform.outbox.Outbox;
import io.openrun.platform.outbox.Outboxes;
import io.openrun.platform.schema.ServiceSchema;
import io.openrun.platform.security.ServiceRoutes;
import java.util.List;
import javax.sql.DataSource;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.PropertySource;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The user service: alone in its process, or beside the others. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
@EntityScan
@EnableJpaRepositories(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@PropertySource("classpath:openrun-user.properties")
public class UserService {

    private static final int PORT = 8091;

    /** Runs the service as a process of its own. */
    public static void main(String[] args) {
        OpenrunService.run(UserService.class, "user", PORT, args);
    }

    @Bean
    ServiceSchema userSchema(DataSource dataSource) {
        return ServiceSchema.migrate(dataSource, "users", List.of("classpath:db/user", "classpath:db/outbox"));
    }

    @Bean
    Outbox userOutbox(Outboxes outboxes, @Qualifier("userSchema") ServiceSchema schema) {
        return outboxes.of(schema);
    }

    @Bean
    EventTopic sessionEvents() {
        return new EventTopic(Topics.SESSIONS);
    }

    @Bean
    ServiceRoutes userRoutes() {
        return new ServiceRoutes(
                List.of(),
                List.of(),
                List.of(
                        post("/api/v1/users"),
                        post("/api/v1/users/verifications"),
                        post("/api/v1/sessions"),
                        post("/api/v1/sessions/refresh")));
    }

    @Bean
    GroupedOpenApi userApi() {
        return GroupedOpenApi.builder()
                .group("user")
                .packagesToScan("io.openrun.user")
                .pathsToMatch("/api/**")
                .build();
    }
}
