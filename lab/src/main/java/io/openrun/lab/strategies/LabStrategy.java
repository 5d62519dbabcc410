package io.openrun.lab.strategies;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A way to guard stock, as the laboratory knows it, in the order in which reports show them. */
public enum LabStrategy {
    UNGUARDED("unguarded", Form.SQL, Safety.UNSAFE),
    JVM_LOCK("jvm-lock", Form.SQL, Safety.ONE_INSTANCE),
    REDIS_LOCK_UNFENCED("redis-lock-unfenced", Form.SQL, Safety.WHILE_THE_LOCK_LASTS),
    JPA_REDISSON_BEFORE_COMMIT("jpa-redisson-before-commit", Form.JPA, Safety.UNSAFE),
    JPA_REDISSON_AFTER_COMMIT("jpa-redisson-after-commit", Form.JPA, Safety.WHILE_THE_LOCK_LASTS),
    JPA_VERSION("jpa-version", Form.JPA, Safety.SAFE),
    JPA_PESSIMISTIC("jpa-pessimistic", Form.JPA, Safety.SAFE),
    REDIS_LOCK("redis-lock", Form.ENGINE, Safety.SAFE),
    OPTIMISTIC("optimistic", Form.ENGINE, Safety.SAFE),
    PESSIMISTIC("pessimistic", Form.ENGINE, Safety.SAFE),
    UNIT_ROWS("unit-rows", Form.ENGINE, Safety.SAFE),
    CONDITIONAL_UPDATE("conditional-update", Form.ENGINE, Safety.SAFE),
    REDIS_LUA("redis-lua", Form.ENGINE, Safety.SAFE),
    GROUP_COMMIT("group-commit", Form.ENGINE, Safety.SAFE);

    /** Who wrote it, and in what. */
    public enum Form {
        /** The engine's own; services can be configured with it. */
        ENGINE,
        /** Plain JDBC as a shop would write it, in the laboratory only. */
        SQL,
        /** Spring Data JPA as most shops write it, in the laboratory only. */
        JPA
    }

    /** What is promised, and for how long. */
    public enum Safety {
        /** Never sells more than there is, on any number of instances. */
        SAFE,
        /** Exact on one instance, oversells on two. */
        ONE_INSTANCE,
        /** Exact until a lock ends before its holder does. */
        WHILE_THE_LOCK_LASTS,
        /** Oversells. */
        UNSAFE
    }

    private final String title;
    private final Form form;
    private final Safety safety;

    LabStrategy(String title, Form form, Safety safety) {
        this.title = title;
        this.form = form;
        this.safety = safety;
    }

    /** Its name on the command line and in reports, for example {@code group-commit}. */
    public String title() {
        return title;
    }

    public Form form() {
        return form;
    }

    public Safety safety() {
        return safety;
    }

    /** Whether the tables' constraints stand behind it; the others run without, or the database would save them. */
    public boolean hasConstraints() {
        return safety == Safety.SAFE;
    }

    /** The strategy of that name. */
    public static Optional<LabStrategy> named(String title) {
        return Arrays.stream(values()).filter(s -> s.title.equals(title)).findFirst();
    }

    /** Every name, for messages. */
    public static String titles() {
        return List.of(values()).stream().map(LabStrategy::title).collect(Collectors.joining(", "));
    }
}
