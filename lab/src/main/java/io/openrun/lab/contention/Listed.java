package io.openrun.lab.contention;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads lists with commas from the command line; what it throws says in one sentence what is wrong. */
final class Listed {

    private Listed() {}

    /** The things of those names, all of them when none is named. */
    static <T> List<T> names(
            String what,
            @Nullable String names,
            Function<String, Optional<T>> byName,
            T[] all,
            Function<T, String> title) {
        if (names == null) {
            return List.of(all);
        }
        return words(names)
                .distinct()
                .map(name -> byName.apply(name)
                        .orElseThrow(() -> new IllegalArgumentException("There is no %s '%s'; there are %s."
                                .formatted(
                                        what,
                                        name,
                                        Arrays.stream(all).map(title).collect(Collectors.joining(", "))))))
                .toList();
    }

    static List<Integer> numbers(String option, String text) {
        try {
            return words(text).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s takes whole numbers with commas between them, and not '%s'.".formatted(option, text), e);
        }
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip);
    }
}
