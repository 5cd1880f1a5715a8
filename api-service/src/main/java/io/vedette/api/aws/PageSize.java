package io.vedette.api.aws;

/** How many items a page has. */
public final class PageSize {
    private static final int MOST = 100;

    private PageSize() {}

    /**
     * @param maxResults null if the caller leaves it to the service
     * @return 1 to 100; 100 if left to the service
     * @throws ServiceException VALIDATION if out of this range
     */
    public static int of(String maxResults) {
        if (maxResults == null) {
            return MOST;
        }
        if (!maxResults.matches("[0-9]{1,3}") || number(maxResults) < 1 || number(maxResults) > MOST) {
            throw AwsError.VALIDATION.because("maxResults must be 1 to " + MOST + ".");
        }
        return number(maxResults);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
