package io.openrun.payment;

import io.openrun.contracts.Topics;
import io.openrun.platform.OpenrunService;
import io.openrun.platform.events.EventTopic;
import io.openrun.platform.idempotency.IdempotentRequests;
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
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The payment service: on its own as a process, or imported beside the others. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EntityScan
@EnableJpaRepositories(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
public class PaymentService {

    private static final int PORT = 8095;

    /** Runs the service as a process of its own. */
    public static void main(String... args) {
        OpenrunService.run(PaymentService.class, "payment", PORT, args);
    }

    @Bean
    ServiceSchema paymentsSchema(DataSource dataSource) {
        return ServiceSchema.migrate(
                dataSource,
                "payments",
                List.of("classpath:db/payment", "classpath:db/outbox", "classpath:db/idempotency"));
    }

    @Bean
    Outbox paymentsOutbox(Outboxes outboxes, @Qualifier("paymentsSchema") ServiceSchema schema) {
        return outboxes.of(schema);
    }

    @Bean
    IdempotentRequests paymentsRequests(
            PlatformTransactionManager transactions,
            JdbcTemplate jdbc,
            JsonMapper json,
            @Qualifier("paymentsSchema") ServiceSchema schema) {
        return new IdempotentRequests(transactions, jdbc, json, schema);
    }

    @Bean
    EventTopic paymentEvents() {
        return new EventTopic(Topics.PAYMENTS);
    }

    /** Nothing here is open to everybody, and administrators have no routes of their own. */
    @Bean
    ServiceRoutes paymentRoutes() {
        return new ServiceRoutes(List.of(), List.of());
    }

    @Bean
    GroupedOpenApi paymentApi() {
        return GroupedOpenApi.builder()
                .group("payment")
                .pathsToMatch("/api/v1/payments/**", "/api/v1/points/**")
                .build();
    }
}
