package io.openrun.user.account;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Text that any database and any mail can carry: no control characters, no halves of characters. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Check.class)
public @interface PlainText {

    /** The fewest characters. */
    int min() default 0;

    /** The most characters. */
    int max();

    /** Whether it may have several lines. */
    boolean lines() default false;

    String message() default "must be {min} to {max} characters of plain text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks it. */
    final class Check implements ConstraintValidator<PlainText, String> {

        private int min;
        private int max;
        private boolean lines;

        @Override
        public void initialize(PlainText rule) {
            min = rule.min();
            max = rule.max();
            lines = rule.lines();
        }

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null
                    || (value.length() <= max
                            && value.strip().length() >= min
                            && value.codePoints().allMatch(this::isPlain));
        }

        private boolean isPlain(int character) {
            boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            boolean control = Character.isISOControl(character);
            return !half && (!control || (lines && (character == '\n' || character == '\r' || character == '\t')));
        }
    }
}
