/** What `terraform fmt` would change, as far as it can be told without Terraform. */

const attribute = /^( *)([\w-]+|"[^"]*")( *)= (?! )(.*)$/;

/**
 * Findings as "line: what": tabs, trailing blanks, odd indentation, two empty lines, a missing last newline, and neighbouring
 * one-line attributes whose equals signs do not stand in one column.
 */
export function findFormatMistakes(text: string): string[] {
  const findings: string[] = [];
  if (!text.endsWith('\n') || text.endsWith('\n\n')) findings.push('end: must end in one newline');
  let run: { indent: number; column: number; line: number }[] = [];
  const closeRun = () => {
    const widest = Math.max(...run.map(({ column }) => column));
    for (const { column, line } of run) if (column !== widest) findings.push(`${line}: = is not aligned`);
    run = [];
  };
  text.split('\n').forEach((content, index, lines) => {
    const line = index + 1;
    if (content.includes('\t')) findings.push(`${line}: a tab`);
    if (/\s$/.test(content)) findings.push(`${line}: trailing blanks`);
    if (content === '' && lines[index + 1] === '' && index + 2 < lines.length)
      findings.push(`${line}: two empty lines`);
    const indent = /^ */.exec(content)?.[0].length ?? 0;
    if (indent % 2 === 1) findings.push(`${line}: odd indentation`);
    const match = attribute.exec(content);
    const opensBlock = /[{[(]$/.test(content);
    if (!match || (run[0] !== undefined && run[0].indent !== indent)) closeRun();
    if (match && !opensBlock) run.push({ indent, column: content.indexOf('='), line });
    if (opensBlock) closeRun();
  });
  closeRun();
  return findings;
}
