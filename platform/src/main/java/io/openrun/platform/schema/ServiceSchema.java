package io.openrun.platform.schema;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A service's own database schema, brought up to date before the service begins. Each service declares one bean;
 * services that run in one process share the database but never a schema.
 */
public final class ServiceSchema {

    private final String name;

    private ServiceSchema(String name) {
        this.name = name;
    }

    /**
     * Creates the schema where it is missing and runs the migrations that have not run.
     *
     * @param locations Flyway locations, for example {@code classpath:db/order}
     */
    public static ServiceSchema migrate(DataSource dataSource, String name, List<String> locations) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(name)
                .defaultSchema(name)
                .createSchemas(true)
                .locations(locations.toArray(String[]::new))
                .load()
                .migrate();
        return new ServiceSchema(name);
    }

    /** The schema's name, for SQL that qualifies its tables. */
    public String name() {
        return name;
    }
}
