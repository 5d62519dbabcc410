package io.openrun.lab.contention.instance;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** How instructions and replies are written: one JSON object a line. */
public final class Wire {

    /** A million acknowledgements, packed and in Base64. */
    private static final int LONGEST_STRING = 64 * 1024 * 1024;

    private Wire() {}

    /** Reads and writes them. */
    public static JsonMapper mapper() {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxStringLength(LONGEST_STRING)
                                .build())
                        .build())
                .build();
    }
}
