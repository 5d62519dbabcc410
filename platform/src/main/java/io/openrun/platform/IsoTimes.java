package io.openrun.platform;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/**
 * Reads a moment from an ISO-8601 text and from nothing else: a number says neither its unit nor its epoch. It is cut to
 * microseconds, which is what the database keeps, so that what is checked here is what is stored there.
 */
final class IsoTimes extends StdDeserializer<Instant> {

    private static final Pattern BEGINS_WITH_A_DATE = Pattern.compile("\\s*[+-]?\\d+-");

    IsoTimes() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(getValueType(context), json);
        }
        var text = json.getString();
        if (!BEGINS_WITH_A_DATE.matcher(text).lookingAt()) {
            return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an ISO-8601 time");
        }
        var moment = InstantDeserializer.INSTANT.deserialize(json, context);
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
    }
}
