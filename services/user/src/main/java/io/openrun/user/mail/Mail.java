package io.openrun.user.mail;

/** A mail to one person, in plain text. */
public record Mail(String to, String subject, String text) {

    /** Says to nobody's log what is in it. */
    @Override
    public String toString() {
        return "Mail[" + subject + "]";
    }
}
