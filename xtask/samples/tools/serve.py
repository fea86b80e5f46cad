"""Serves a folder over TLS on 127.0.0.1:443, slowly, as a distant cache would."""
import http.server
import ssl
import sys
import time

folder, certificate, key, rate = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
PIECE = 32768


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, directory=folder, **kwargs)

    def log_message(self, *args):
        pass

    def copyfile(self, source, outputfile):
        while piece := source.read(PIECE):
            outputfile.write(piece)
            time.sleep(len(piece) / rate)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
