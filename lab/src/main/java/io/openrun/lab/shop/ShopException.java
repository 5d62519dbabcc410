package io.openrun.lab.shop;

/** The shop could not be asked, or answered what the lab cannot work with. */
public final class ShopException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence for people. */
    public ShopException(String message) {
        super(message);
    }

    /** With a sentence for people and what lay behind it. */
    public ShopException(String message, Throwable cause) {
        super(message, cause);
    }
}
