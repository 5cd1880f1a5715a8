package io.vedette.runtime;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object that is being read. Where the connection ends before the object does, reading throws: nothing is cut silently. */
public final class ObjectStream extends FilterInputStream {
    private final long size;
    private long read;

    ObjectStream(InputStream in, long size) {
        super(in);
        this.size = size;
    }

    /** Of the whole object, in bytes; -1 where the store does not say. */
    public long size() {
        return size;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        count(count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) throws EOFException {
        if (bytes >= 0) {
            read += bytes;
        } else if (read < size) {
            throw new EOFException("the object ended after " + read + " of " + size + " bytes");
        }
    }
}
