package io.openrun.user.profile;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.UnreadableJson;
import io.openrun.user.account.Profile;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Applies a JSON merge patch (RFC 7396) to a profile: absent members stay, null ones are removed. */
@Component
class ProfilePatch {

    private final JsonMapper json;
    private final Validator validator;

    ProfilePatch(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** The profile afterwards; a patch that would make it invalid ends the request with 400. */
    Profile apply(JsonNode patch, Profile profile) {
        if (!(patch instanceof ObjectNode changes)) {
            throw Problem.of(400, "MALFORMED_JSON").asException();
        }
        ObjectNode merged = json.valueToTree(ProfileFields.of(profile));
        var fields = read(merged.setAll(changes));
        var violations = validator.validate(fields);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return fields.profile();
    }

    private ProfileFields read(JsonNode merged) {
        try {
            return json.treeToValue(merged, ProfileFields.class);
        } catch (JacksonException e) {
            throw UnreadableJson.problem(e).asException();
        }
    }
}
