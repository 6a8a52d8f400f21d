package io.strowger.persistence;

/**
 * One damaged place.
 *
 * @param file             name of the cycle file.
 * @param offset           of the first byte in the file that is not as it was written, or of the frame that holds it.
 * @param length           bytes up to where the journal is good again.
 * @param expectedSequence that is due at this place.
 * @param reason           what is wrong.
 */
public record Damage(String file, long offset, long length, long expectedSequence, String reason) {
    @Override
    public String toString() {
        return file + " offset " + offset + " length " + length + ", expected sequence " + expectedSequence + ": " + reason;
    }
}
