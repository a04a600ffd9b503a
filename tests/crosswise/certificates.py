"""Certificates for the cases over TLS, which the test has made."""
import os
import pathlib
import ssl


def path(name):
    return str(pathlib.Path(os.environ["CROSSWISE_CERTIFICATES"]) / name)


def server_context(name="server"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path(f"{name}.pem"), path(f"{name}.key"))
    return context


def client_context():
    """Trusts the authority."""
    return ssl.create_default_context(cafile=path("authority.pem"))
