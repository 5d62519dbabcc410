package io.openrun.order;

import io.openrun.contracts.Topics;
import io.openrun.order.desk.WatchSettings;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.http.HttpMethod;

/** The order service: orders from placement to return, and the order process. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EntityScan
@EnableJpaRepositories(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableConfigurationProperties(WatchSettings.class)
public class OrderService {

    /** Where the service answers when it runs apart. */
    static final int PORT = 8094;

    /** Starts the service as a process of its own. */
    public static void main(String... args) {
        OpenrunService.run(OrderService.class, "order", PORT, args);
    }

    @Bean
    ServiceSchema ordersSchema(DataSource dataSource) {
        return ServiceSchema.migrate(dataSource, "orders", List.of("classpath:db/order", "classpath:db/outbox"));
    }

    @Bean
    Outbox ordersOutbox(Outboxes outboxes, @Qualifier("ordersSchema") ServiceSchema schema) {
        return outboxes.of(schema);
    }

    @Bean
    EventTopic orderEvents() {
        return new EventTopic(Topics.ORDERS);
    }

    @Bean
    ServiceRoutes orderRoutes() {
        return new ServiceRoutes(List.of(), List.of(new ServiceRoutes.Route(HttpMethod.GET, "/api/v1/admin/orders")));
    }

    @Bean
    GroupedOpenApi orderApi() {
        return GroupedOpenApi.builder()
                .group("order")
                .displayName("Orders")
                .packagesToScan("io.openrun.order.desk")
                .pathsToMatch("/api/**")
                .build();
    }
}
