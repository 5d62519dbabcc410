package io.openrun.user.account;

import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address in the one spelling we keep: trimmed and in lower case. */
public record EmailAddress(String value) {

    /** The longest address SMTP carries. */
    public static final int MAX_CHARS = 254;

    private static final Pattern FORM = Pattern.compile("[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
            + "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");

    /** Refuses what is no address. */
    public EmailAddress {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an e-mail address");
        }
    }

    /** The address in whatever spelling somebody typed. */
    public static EmailAddress of(String typed) {
        return new EmailAddress(normalised(typed));
    }

    /** Whether {@link #of} would take it. */
    static boolean isAddress(String typed) {
        return typed.length() <= MAX_CHARS + 50 && isValid(normalised(typed));
    }

    private static String normalised(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isValid(String value) {
        return value.length() <= MAX_CHARS && FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
