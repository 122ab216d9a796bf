"""A bound on files sent with a form, read before anybody knows who sends them."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST = 10_000_000  # bytes of all files of one request


class Bounded(FileUploadHandler):
    """Hands what comes to the handlers after it, and stops the upload beyond MOST bytes: the form
    then lacks its file, and says so."""

    seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > MOST:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The file is the next handler's."""
        return None
