package io.openrun.stock;

import java.util.regex.Pattern;

/** The schema in which the engine's tables live: the one of the service that uses them. */
public record StockSchema(String name) {

    /** Where Flyway finds the engine's migrations; they carry versions below 1, or none, and no schema name. */
    public static final String MIGRATIONS = "classpath:db/stock";

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,40}");

    /** Checks that the name is a plain lower-case identifier. */
    public StockSchema {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a schema name: " + name);
        }
    }

    /** The statement with every {@code {schema}} replaced. */
    public String sql(String statement) {
        return statement.replace("{schema}", '"' + name + '"');
    }

    /** The channel on which transactions tell all instances that a remembered refusal may have ended. */
    String channel() {
        return "stock_" + name;
    }
}
