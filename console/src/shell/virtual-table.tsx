import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';

/** A column of a table. */
export interface TableColumn<T> {
  readonly title: string;
  /** As in `grid-template-columns`. */
  readonly width: string;
  readonly render: (row: T) => ReactNode;
}

const useStyles = makeStyles({
  root: {
    maxHeight: '520px',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: { position: 'relative', minWidth: 'var(--table-width)' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'var(--table-columns)',
    alignItems: 'center',
    columnGap: '12px',
    padding: '6px 12px',
    minHeight: '40px',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: tokens.fontSizeBase300,
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  body: { position: 'relative' },
  placed: { position: 'absolute', left: 0, right: 0 },
});

/** A table of any number of rows: only those in view are in the page. Rows may differ in height. */
export function VirtualTable<T>(props: {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
  /** Below this width, in pixels, the table scrolls sideways. */
  readonly minWidth?: number;
  /** Called when the last row comes into view: there may be more. */
  readonly onEnd?: () => void;
}): ReactNode {
  const { label, columns, rows, keyOf, minWidth = 640, onEnd } = props;
  const styles = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? -1) === rows.length - 1;
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  }, [isAtEnd, onEnd]);
  const layout = {
    '--table-columns': columns.map(({ width }) => width).join(' '),
    '--table-width': `${minWidth}px`,
  } as CSSProperties;
  return (
    <div ref={scroller} className={styles.root} style={layout} tabIndex={0} role="region" aria-label={label}>
      <div className={styles.table} role="table" aria-label={label} aria-rowcount={rows.length + 1}>
        <div role="rowgroup">
          <div className={mergeClasses(styles.row, styles.head)} role="row" aria-rowindex={1}>
            {columns.map(({ title }) => (
              <div key={title} role="columnheader">
                {title}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={mergeClasses(styles.row, styles.placed)}
                style={{ transform: `translateY(${start}px)` }}
                role="row"
                aria-rowindex={index + 2}
              >
                {columns.map(({ title, render }) => (
                  <div key={title} role="cell">
                    {render(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
