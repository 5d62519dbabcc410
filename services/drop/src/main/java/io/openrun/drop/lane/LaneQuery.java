package io.openrun.drop.lane;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.openrun.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters in an address, as the main port reads them: the first of a name counts, a blank one is absent. */
final class LaneQuery {

    /** More parameters than this are not looked at. */
    private static final int MAX_PARAMETERS = 100;

    private final Map<String, List<String>> parameters;

    /** Reads them; 400 where they cannot be decoded. */
    LaneQuery(String uri) {
        try {
            this.parameters = QueryStringDecoder.builder()
                    .maxParams(MAX_PARAMETERS)
                    .semicolonIsNormalChar(true)
                    .build(uri)
                    .parameters();
        } catch (IllegalArgumentException undecodable) {
            throw Problem.of(400, "BAD_REQUEST").asException();
        }
    }

    @Nullable
    String first(String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }
}
