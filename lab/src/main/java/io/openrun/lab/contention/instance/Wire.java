package io.openrun.lab.contention.instance;

import tools.jackson.databind.json.JsonMapper;

/** How instructions and replies are written: one JSON object a line. */
public final class Wire {

    private Wire() {}

    /** Reads and writes them. */
    public static JsonMapper mapper() {
        return JsonMapper.shared();
    }
}
