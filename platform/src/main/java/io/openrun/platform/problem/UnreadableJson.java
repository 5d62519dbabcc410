package io.openrun.platform.problem;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;

/** Tells JSON that is broken from JSON that says what it may not. */
public final class UnreadableJson {

    private UnreadableJson() {}

    /** 400: the field and what is wrong with it, where it is a field's fault; otherwise that this is no JSON. */
    public static Problem problem(JacksonException e) {
        boolean isJson = e instanceof DatabindException || e instanceof InputCoercionException;
        return isJson && !e.getPath().isEmpty()
                ? Problem.invalid(pathOf(e), "has the wrong type, is unknown or is out of range")
                : Problem.of(400, "MALFORMED_JSON");
    }

    private static String pathOf(JacksonException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }
}
