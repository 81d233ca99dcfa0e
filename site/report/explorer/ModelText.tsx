/** What a model wrote, with what the pipeline took out shown as a mark. */
export default function ModelText({ text }: { text: string }) {
  return text.split(/(\[PII\])/).map((piece, i) =>
    piece === '[PII]' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have nothing else
      <span key={i} className="pii">
        PII
      </span>
    ) : (
      piece
    ),
  );
}
