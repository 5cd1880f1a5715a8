package io.vedette.common;

/**
 * The account and region that every resource belongs to; nothing is ever looked up outside one.
 *
 * @param account twelve digits
 * @param region any AWS-like region name, such as {@code us-east-1}
 */
public record Scope(String account, String region) {
    public Scope {
        if (!account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("not an account id of twelve digits: " + account);
        }
        if (!region.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not a region name: " + region);
        }
    }

    /** {@code arn:aws:lookoutvision:REGION:ACCOUNT:RESOURCE}. */
    public String arn(String resource) {
        return "arn:aws:lookoutvision:" + region + ":" + account + ":" + resource;
    }
}
