package io.strowger.ops.config.file;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether certificates are some, are good now, and belong to their keys. One that has expired is no fault, as time alone must not keep a
 * server from its start, but is told.
 */
final class TlsCheck {
    private static final Pattern KEY = Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----(.*?)-----END", Pattern.DOTALL);
    /** In front of the key itself, as older tools write it. */
    private static final Pattern KEY_HEADERS = Pattern.compile("(?m)^[A-Za-z][A-Za-z0-9-]*:.*$");
    /** Of keys that a listener can be given. */
    private static final Set<String> KINDS = Set.of("RSA", "EC");
    private static final String PKCS8 = "PRIVATE KEY";
    private static final byte[] PROOF = "strowger".getBytes(StandardCharsets.US_ASCII);

    private final Complaints complaints;
    private final Clock clock;

    TlsCheck(final Complaints complaints, final Clock clock) {
        this.complaints = complaints;
        this.clock = clock;
    }

    /**
     * Looks at certificates.
     *
     * @return the first; null when there is none.
     */
    X509Certificate certificates(final String pem, final String name, final String at) {
        final List<X509Certificate> all = new ArrayList<>();
        try {
            CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .forEach(each -> all.add((X509Certificate)each));
        } catch (final CertificateException e) {
            complaints.add(at, name + " has a certificate that can't be read: " + e.getMessage());
            return null;
        }
        if (all.isEmpty()) {
            complaints.add(at, name + " has no certificate in PEM");
            return null;
        }
        all.forEach(each -> checkTime(each, name, at));
        return all.get(0);
    }

    private void checkTime(final X509Certificate certificate, final String name, final String at) {
        final Instant now = clock.instant();
        final Instant until = certificate.getNotAfter().toInstant();
        final Instant from = certificate.getNotBefore().toInstant();
        final String whose = "the certificate of " + certificate.getSubjectX500Principal().getName() + " in " + name;
        if (now.isAfter(until)) {
            complaints.warn(at, whose + " expired at " + until + ": who checks it does not connect");
        } else if (now.isBefore(from)) {
            complaints.warn(at, whose + " is good from " + from + " on: who checks it does not connect before");
        }
    }

    /** Whether a key belongs to a certificate. */
    void checkKey(final X509Certificate certificate, final String pem, final String name, final String at) {
        final Matcher key = KEY.matcher(pem);
        if (!key.find()) {
            complaints.add(at, name + " has no PRIVATE KEY in PEM");
        } else if (key.group(1).startsWith("ENCRYPTED") || key.group(2).contains("Proc-Type: 4,ENCRYPTED")) {
            complaints.add(at, name + " has a key with a password, and none can be given: write it without, as openssl pkey does");
        } else if (!KINDS.contains(certificate.getPublicKey().getAlgorithm())) {
            complaints.add(at, name + " is the key of a certificate of the kind " + certificate.getPublicKey().getAlgorithm()
                + ", which can't be listened with: make them anew with RSA or EC");
        } else if (!isOf(certificate, key.group(1), KEY_HEADERS.matcher(key.group(2)).replaceAll(""))) {
            complaints.add(at, name + " does not belong to the certificate: it is not the key of "
                + certificate.getSubjectX500Principal().getName());
        }
    }

    /** What the one has signed the other knows. */
    private static boolean isOf(final X509Certificate certificate, final String kind, final String base64) {
        final PublicKey known = certificate.getPublicKey();
        try {
            final byte[] encoded = Base64.getMimeDecoder().decode(base64);
            final byte[] whole = PKCS8.equals(kind) ? encoded : pkcs8(known.getEncoded(), encoded);
            final PrivateKey key = KeyFactory.getInstance(known.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(whole));
            final Signature signing = Signature.getInstance(signature(known.getAlgorithm()));
            signing.initSign(key);
            signing.update(PROOF);
            final byte[] signed = signing.sign();
            signing.initVerify(known);
            signing.update(PROOF);
            return signing.verify(signed);
        } catch (final GeneralSecurityException | IllegalArgumentException e) {
            // of another kind, or none
            return false;
        }
    }

    private static String signature(final String algorithm) {
        return "EC".equals(algorithm) ? "SHA256withECDSA" : "SHA256with" + algorithm;
    }

    /** A key that says not of which kind it is, with the kind of the public one: SEQUENCE of version 0, the kind, and the key. */
    private static byte[] pkcs8(final byte[] publicKey, final byte[] key) {
        final int inner = headerLength(publicKey, 0);
        final int kindLength = headerLength(publicKey, inner) + length(publicKey, inner);
        final byte[] kind = new byte[kindLength];
        System.arraycopy(publicKey, inner, kind, 0, kindLength);
        return der(0x30, join(new byte[] {0x02, 0x01, 0x00}, kind, der(0x04, key)));
    }

    private static int headerLength(final byte[] der, final int at) {
        return (der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7F);
    }

    private static int length(final byte[] der, final int at) {
        if ((der[at + 1] & 0x80) == 0) {
            return der[at + 1];
        }
        int length = 0;
        for (int i = 0; i < (der[at + 1] & 0x7F); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xFF);
        }
        return length;
    }

    private static byte[] der(final int tag, final byte[] content) {
        final byte[] header = {(byte)tag, (byte)0x82, (byte)(content.length >> 8), (byte)content.length};
        final byte[] shorter = {(byte)tag, (byte)0x81, (byte)content.length};
        final byte[] shortest = {(byte)tag, (byte)content.length};
        return join(content.length < 0x80 ? shortest : content.length < 0x100 ? shorter : header, content);
    }

    private static byte[] join(final byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final byte[] whole = new byte[length];
        int at = 0;
        for (final byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
