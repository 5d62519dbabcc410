package io.openrun.catalog;

import io.openrun.platform.OpenrunService;
import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.schema.ServiceSchema;
import io.openrun.platform.security.ServiceRoutes;
import io.openrun.platform.security.ServiceRoutes.Route;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.util.List;
import javax.sql.DataSource;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Products and their stock, as a service of its own on port {@value #PORT} or as a part of a larger process. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EntityScan
@EnableJpaRepositories(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class CatalogService {

    static final int PORT = 8092;

    /** Runs the service alone. */
    public static void main(String... args) {
        OpenrunService.run(CatalogService.class, "catalog", PORT, args);
    }

    @Bean
    ServiceSchema catalogSchema(DataSource dataSource) {
        return ServiceSchema.migrate(
                dataSource,
                "catalog",
                List.of("classpath:db/catalog", "classpath:db/idempotency", StockSchema.MIGRATIONS));
    }

    /** The engine joins the transactions of the use cases: a product and its stock are created together. */
    @Bean
    Stocks catalogStocks(DataSource dataSource, @Qualifier("catalogSchema") ServiceSchema schema) {
        return new Stocks(new TransactionAwareDataSourceProxy(dataSource), new StockSchema(schema.name()));
    }

    @Bean
    IdempotentRequests catalogRequests(
            PlatformTransactionManager transactions,
            JdbcTemplate jdbc,
            JsonMapper json,
            @Qualifier("catalogSchema") ServiceSchema schema) {
        return new IdempotentRequests(transactions, jdbc, json, schema);
    }

    @Bean
    ServiceRoutes catalogRoutes() {
        return new ServiceRoutes(
                List.of(
                        Route.get("/api/v1/products"),
                        Route.get("/api/v1/products/*"),
                        Route.get("/api/v1/products/*/stock")),
                List.of(
                        Route.post("/api/v1/products"),
                        Route.patch("/api/v1/products/*"),
                        Route.delete("/api/v1/products/*"),
                        Route.post("/api/v1/products/*/stock-adjustments")));
    }

    @Bean
    GroupedOpenApi catalogApi() {
        return GroupedOpenApi.builder()
                .group("catalog")
                .packagesToScan("io.openrun.catalog")
                .pathsToMatch("/api/**")
                .build();
    }
}
