package io.vedette.api.aws;

import java.util.regex.Pattern;

/** The texts that callers may send, by the rules of the API's scalar types (specification §1.2). */
public enum Shape {
    S3_BUCKET_NAME("[0-9A-Za-z.\\-_]{3,63}", "3 to 63 letters, digits, '.', '-' or '_'"),
    S3_KEY_PREFIX(
            "([a-zA-Z0-9!_.*'()-][/a-zA-Z0-9!_.*'()-]{0,1023})?",
            "at most 1024 letters, digits or any of !_.*'()-/ and not begin with '/'"),
    S3_OBJECT_KEY(
            "[a-zA-Z0-9!_.*'()-][/a-zA-Z0-9!_.*'()-]{0,1023}",
            "1 to 1024 letters, digits or any of !_.*'()-/ and not begin with '/'"),
    S3_OBJECT_VERSION(".{1,1024}", "1 to 1024 characters"),
    KMS_KEY_ID("[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,2047}", "1 to 2048 letters, digits or any of :_/+=,@.-"),
    MODEL_DESCRIPTION("[0-9A-Za-z.\\-_]{1,500}", "1 to 500 letters, digits, '.', '-' or '_', without spaces"),
    QUERY("(?=.*\\S).{1,2048}", "1 to 2048 characters, not only blanks"),
    TAG_KEY("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}", "1 to 128 letters, digits, spaces or any of _.:/=+-@"),
    TAG_VALUE("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}", "at most 256 letters, digits, spaces or any of _.:/=+-@");

    private final Pattern pattern;
    private final String rule;

    Shape(String pattern, String rule) {
        this.pattern = Pattern.compile(pattern);
        this.rule = rule;
    }

    /**
     * The text itself.
     *
     * @param member what the caller calls it, such as {@code OutputConfig.S3Location.Bucket}
     * @throws ServiceException VALIDATION if it is missing or against the rules
     */
    public String required(String text, String member) {
        if (text == null) {
            throw AwsError.VALIDATION.because(member + " is required.");
        }
        return optional(text, member);
    }

    /** As {@link #required}, but null may stay null. */
    public String optional(String text, String member) {
        if (text != null && !pattern.matcher(text).matches()) {
            throw AwsError.VALIDATION.because(member + " must be " + rule + ".");
        }
        return text;
    }
}
