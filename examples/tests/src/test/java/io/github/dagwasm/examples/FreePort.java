package io.github.dagwasm.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of the loopback address that nobody listened on when it was found. */
public record FreePort(int number) {

    /** Asks the system for one. */
    public static FreePort find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new FreePort(socket.getLocalPort());
        }
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
