package io.vedette.api.account;

import io.vedette.api.aws.AwsError;
import io.vedette.api.sigv4.WireRequest;
import java.util.List;

/** Refuses a body by what its headers say of it, before a byte of it is kept. */
final class BodyLimit {
    private BodyLimit() {}

    /** @throws io.vedette.api.aws.ServiceException VALIDATION if its length is not told, or is above the limit */
    static void check(WireRequest request, long mostBytes) {
        if (request.headers().containsKey("transfer-encoding")) {
            throw AwsError.VALIDATION.because(
                    "The request must tell the length of its body: send Content-Length, not Transfer-Encoding.");
        }
        List<String> lengths = request.headers().getOrDefault("content-length", List.of("0"));
        String length = lengths.get(0);
        if (lengths.size() != 1 || !length.matches("[0-9]{1,18}")) {
            throw AwsError.VALIDATION.because("Content-Length is malformed.");
        }
        if (Long.parseLong(length) > mostBytes) {
            throw AwsError.VALIDATION.because(
                    "The request body is too large: this operation takes at most " + mostBytes + " bytes.");
        }
    }
}
