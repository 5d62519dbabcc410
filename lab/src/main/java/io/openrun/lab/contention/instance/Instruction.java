package io.openrun.lab.contention.instance;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What an instance is told, one line of JSON each; it answers each with one {@link Reply}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "do")
public sealed interface Instruction {

    /**
     * Where everything is; the first instruction.
     *
     * @param connections most connections to the database
     */
    record Join(String databaseUrl, String redisUrl, int connections) implements Instruction {}

    /** Open this strategy's ledger on that schema. */
    record Open(String strategy, String schema) implements Instruction {}

    /** Serve your share of this crowd, and say what they were told. */
    record Work(Task task) implements Instruction {}

    /** Let others send the purchases of this crowd over HTTP, from now until the next instruction of this kind. */
    record Serve(Task task) implements Instruction {}

    /** End the holds whose time has passed. */
    record Sweep() implements Instruction {}

    /** Say what has been used so far. */
    record Count() implements Instruction {

        /**
         * Makes a connection tell the database's counters what it did. It reads a table, for a connection that read none
         * keeps for later what it has to tell.
         */
        public static final String FLUSH = "SELECT pg_stat_force_next_flush() FROM pg_database LIMIT 1";
    }

    /** Close the ledger. */
    record Close() implements Instruction {}
}
