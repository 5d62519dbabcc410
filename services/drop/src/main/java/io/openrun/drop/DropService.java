package io.openrun.drop;

import io.micrometer.core.instrument.MeterRegistry;
import io.openrun.contracts.Topics;
import io.openrun.drop.engine.DatabaseClock;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.engine.EngineSettings;
import io.openrun.platform.OpenrunService;
import io.openrun.platform.chores.Rounds;
import io.openrun.platform.events.EventTopic;
import io.openrun.platform.schema.ServiceSchema;
import io.openrun.platform.security.ServiceRoutes;
import io.openrun.platform.security.ServiceRoutes.Route;
import io.openrun.stock.StockSchema;
import java.util.List;
import javax.sql.DataSource;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Limited drops, as a service of its own on port {@value #PORT} or as a part of a larger process. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
@EntityScan
@EnableJpaRepositories(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class DropService {

    static final int PORT = 8093;

    /** Runs the service alone. */
    public static void main(String... args) {
        OpenrunService.run(DropService.class, "drop", PORT, args);
    }

    @Bean
    ServiceSchema dropSchema(DataSource dataSource) {
        return ServiceSchema.migrate(dataSource, "drops", List.of("classpath:db/drop", StockSchema.MIGRATIONS));
    }

    @Bean
    DropEngine dropEngine(
            EngineSettings settings,
            DataSource dataSource,
            @Qualifier("dropSchema") ServiceSchema schema,
            @Value("${spring.datasource.url}") String databaseUrl,
            @Value("${OPENRUN_REDIS_URL:redis://127.0.0.1:6379}") String redisUrl,
            MeterRegistry meters) {
        var addresses = new DropEngine.Addresses(databaseUrl, redisUrl);
        return new DropEngine(settings, addresses, dataSource, new StockSchema(schema.name()), meters);
    }

    @Bean
    EventTopic dropEvents() {
        return new EventTopic(Topics.DROPS);
    }

    @Bean
    DatabaseClock dropClock(JdbcClient jdbc) {
        return new DatabaseClock(jdbc);
    }

    @Bean
    Rounds settingTheDropClock(DatabaseClock clock) {
        return clock.rounds();
    }

    @Bean
    ServiceRoutes dropRoutes() {
        return new ServiceRoutes(
                List.of(
                        Route.get("/api/v1/config"),
                        Route.get("/api/v1/drops"),
                        Route.get("/api/v1/drops/*"),
                        Route.get("/api/v1/drops/*/events")),
                List.of(
                        Route.post("/api/v1/drops"),
                        Route.patch("/api/v1/drops/*"),
                        Route.post("/api/v1/drops/*/cancel"),
                        Route.get("/api/v1/drops/*/audit")));
    }

    @Bean
    GroupedOpenApi dropApi() {
        return GroupedOpenApi.builder()
                .group("drop")
                .packagesToScan("io.openrun.drop")
                .pathsToMatch("/api/**")
                .build();
    }
}
