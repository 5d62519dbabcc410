package io.openrun.catalog.product;

import io.openrun.platform.problem.Problem;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays the members a PATCH gave over a product's details; what it did not give stays, and null takes away. The result
 * obeys the same rules as a new product's details.
 */
@Component
class DetailsPatch {

    private final JsonMapper json;
    private final Validator validator;

    DetailsPatch(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** The details after the patch; a problem where they would be invalid. */
    ProductDetails over(ProductDetails now, ObjectNode patch) {
        ObjectNode merged = json.valueToTree(now);
        merged.setAll(patch);
        ProductDetails details = read(merged);
        var violations = validator.validate(details);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return details;
    }

    private ProductDetails read(ObjectNode merged) {
        try {
            return json.treeToValue(merged, ProductDetails.class);
        } catch (JacksonException e) {
            var field = e.getPath().isEmpty() ? "" : e.getPath().getFirst().getPropertyName();
            throw Problem.invalid(field, "has the wrong type, is unknown or is out of range")
                    .asException();
        }
    }
}
