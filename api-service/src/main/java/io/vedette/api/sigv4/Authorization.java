package io.vedette.api.sigv4;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code Authorization} header says.
 *
 * @param date of the credential scope, as yyyyMMdd
 * @param signedHeaders lower case, sorted, each once
 * @param signature 64 hexadecimal digits in lower case
 */
public record Authorization(
        String accessKeyId, String date, String region, String service, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final Pattern SHAPE = Pattern.compile(ALGORITHM
            + " +Credential=(?<key>[A-Za-z0-9_.+=@-]{1,128})/(?<date>[0-9]{8})/(?<region>[a-z0-9-]{1,64})"
            + "/(?<service>[a-z0-9-]{1,64})/aws4_request"
            + " *, *SignedHeaders=(?<headers>[A-Za-z0-9_.-]{1,128}(?:;[A-Za-z0-9_.-]{1,128}){0,99})"
            + " *, *Signature=(?<signature>[0-9a-f]{64}) *");

    static Authorization parse(String header) {
        if (!header.startsWith(ALGORITHM)) {
            throw new BadSignature(BadSignature.Flaw.MISSING, "The request is not signed with " + ALGORITHM + ".");
        }
        Matcher parts = SHAPE.matcher(header);
        if (!parts.matches()) {
            throw BadSignature.wrong("The Authorization header must name Credential"
                    + " (KEY/yyyyMMdd/REGION/lookoutvision/aws4_request), SignedHeaders and Signature.");
        }
        return new Authorization(
                parts.group("key"),
                parts.group("date"),
                parts.group("region"),
                parts.group("service"),
                sorted(parts.group("headers")),
                parts.group("signature"));
    }

    String credentialScope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }

    private static List<String> sorted(String headers) {
        List<String> names = List.of(headers.split(";"));
        boolean inOrder = new ArrayList<>(new TreeSet<>(names)).equals(names);
        if (!inOrder || !headers.equals(headers.toLowerCase(Locale.ROOT))) {
            throw BadSignature.wrong("SignedHeaders must be in lower case, sorted, each once.");
        }
        return names;
    }
}
